-- One script for H2 and PostgreSQL. Times are the database server's, UTC, microseconds.

CREATE TABLE runs (
  id              VARCHAR(63)  NOT NULL PRIMARY KEY,
  request_id      VARCHAR(200) UNIQUE,
  kind            VARCHAR(63)  NOT NULL,
  spec            VARCHAR      NOT NULL,
  state           VARCHAR(20)  NOT NULL,
  requested       VARCHAR(20),
  error_category  VARCHAR(30),
  error_message   VARCHAR,
  error_retryable BOOLEAN,
  error_step      BIGINT,
  attempt         INTEGER      NOT NULL,
  worker          VARCHAR(200),
  heartbeat_at    TIMESTAMP(6) WITH TIME ZONE,
  progress        VARCHAR,
  version         BIGINT       NOT NULL,
  created_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  started_at      TIMESTAMP(6) WITH TIME ZONE,
  ended_at        TIMESTAMP(6) WITH TIME ZONE,
  updated_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX runs_by_age ON runs (created_at, id);
CREATE INDEX runs_by_state ON runs (state, created_at, id);

CREATE TABLE run_dependencies (
  run_id        VARCHAR(63) NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  dependency_id VARCHAR(63) NOT NULL REFERENCES runs (id),
  PRIMARY KEY (run_id, dependency_id)
);
CREATE INDEX run_dependencies_by_dependency ON run_dependencies (dependency_id);

CREATE TABLE run_log (
  run_id   VARCHAR(63) NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  sequence BIGINT      NOT NULL,
  at       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  severity VARCHAR(10) NOT NULL,
  message  VARCHAR     NOT NULL,
  PRIMARY KEY (run_id, sequence)
);

CREATE TABLE run_metrics (
  run_id VARCHAR(63)      NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  name   VARCHAR(100)     NOT NULL,
  step   BIGINT           NOT NULL,
  val    DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (run_id, name, step)
);

CREATE TABLE artifacts (
  id         VARCHAR(64) NOT NULL PRIMARY KEY,
  kind       VARCHAR(63) NOT NULL,
  size_bytes BIGINT      NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX artifacts_by_age ON artifacts (created_at, id);

CREATE TABLE artifact_files (
  artifact_id VARCHAR(64)  NOT NULL REFERENCES artifacts (id) ON DELETE CASCADE,
  name        VARCHAR(255) NOT NULL,
  media_type  VARCHAR(200) NOT NULL,
  sha256      VARCHAR(64)  NOT NULL,
  size_bytes  BIGINT       NOT NULL,
  PRIMARY KEY (artifact_id, name)
);
CREATE INDEX artifact_files_by_content ON artifact_files (sha256);

-- What a run made.
CREATE TABLE run_artifacts (
  run_id      VARCHAR(63) NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  role        VARCHAR(63) NOT NULL,
  artifact_id VARCHAR(64) NOT NULL REFERENCES artifacts (id),
  PRIMARY KEY (run_id, role)
);
CREATE INDEX run_artifacts_by_artifact ON run_artifacts (artifact_id);

-- What a run read.
CREATE TABLE artifact_inputs (
  run_id      VARCHAR(63)  NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  role        VARCHAR(100) NOT NULL,
  artifact_id VARCHAR(64)  NOT NULL REFERENCES artifacts (id),
  PRIMARY KEY (run_id, role, artifact_id)
);
CREATE INDEX artifact_inputs_by_artifact ON artifact_inputs (artifact_id);

-- Where a run can go on from.
CREATE TABLE run_checkpoints (
  run_id      VARCHAR(63) NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  step        BIGINT      NOT NULL,
  artifact_id VARCHAR(64) NOT NULL REFERENCES artifacts (id),
  PRIMARY KEY (run_id, step)
);
CREATE INDEX run_checkpoints_by_artifact ON run_checkpoints (artifact_id);

CREATE TABLE pairs (
  id         VARCHAR(63)  NOT NULL PRIMARY KEY,
  request_id VARCHAR(200) UNIQUE,
  split      VARCHAR(100) NOT NULL,
  recipe     VARCHAR      NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX pairs_by_age ON pairs (created_at, id);

-- One row: whoever registers an artifact or deletes objects holds it, so that nobody deletes a blob that is just being used again.
CREATE TABLE object_lock (
  id INTEGER NOT NULL PRIMARY KEY
);
INSERT INTO object_lock (id) VALUES (1);
