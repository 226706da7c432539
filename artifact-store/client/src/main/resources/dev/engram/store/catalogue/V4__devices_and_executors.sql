-- What the last attempt computed on; null before a worker has taken the run, and for attempts of before this was recorded.
ALTER TABLE runs ADD COLUMN device VARCHAR(200);

-- Processes that execute runs; each says every few seconds that it is there.
CREATE TABLE executors (
  name       VARCHAR(200) NOT NULL PRIMARY KEY,
  kinds      VARCHAR      NOT NULL,
  devices    VARCHAR      NOT NULL,
  slots      INTEGER      NOT NULL,
  busy_slots INTEGER      NOT NULL,
  seen_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
