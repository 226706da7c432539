-- A part is made with its run, which waits for it, and is cancelled, resumed and deleted with it.
ALTER TABLE runs ADD COLUMN part_of VARCHAR(63) REFERENCES runs (id);
CREATE INDEX runs_by_whole ON runs (part_of);
