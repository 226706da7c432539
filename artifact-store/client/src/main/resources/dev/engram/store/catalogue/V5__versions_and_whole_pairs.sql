-- The version of Engram of a run's last attempt, and of the attempt that saved a resume point; null where it was not recorded yet.
ALTER TABLE runs ADD COLUMN engram_version VARCHAR(100);
ALTER TABLE run_checkpoints ADD COLUMN engram_version VARCHAR(100);

-- Pairs go with the last of their encoders and with their split; earlier versions left them behind.
DELETE FROM pairs
WHERE NOT EXISTS (SELECT 1 FROM runs WHERE runs.id IN (COALESCE(pairs.candidate, pairs.id || '-f'), COALESCE(pairs.reference, pairs.id || '-g')))
  OR NOT EXISTS (SELECT 1 FROM runs WHERE runs.id = pairs.split);
