-- Runs of encoders that existed before their pair; null for a pair that trained its own.
ALTER TABLE pairs ADD COLUMN candidate VARCHAR(63);
ALTER TABLE pairs ADD COLUMN reference VARCHAR(63);
