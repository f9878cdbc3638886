PRAGMA application_id=1465011524;
PRAGMA user_version=15;
BEGIN TRANSACTION;
CREATE TABLE check_in (
      key INTEGER PRIMARY KEY,
      session INTEGER REFERENCES session (key) ON DELETE CASCADE,
      run INTEGER REFERENCES run (key) ON DELETE CASCADE,
      moment TEXT NOT NULL,
      score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10),
      at_ms INTEGER NOT NULL,
      offset_s INTEGER NOT NULL,
      CHECK (session IS NULL OR run IS NULL)
    ) STRICT
    ;
INSERT INTO "check_in" VALUES(1,1,NULL,'before',2,1795455000250,3600);
INSERT INTO "check_in" VALUES(2,1,NULL,'after',5,1795455000250,3600);
CREATE TABLE goal (
      since TEXT PRIMARY KEY NOT NULL,
      days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 7)
    ) STRICT
    ;
INSERT INTO "goal" VALUES('0001-01-01',3);
CREATE TABLE mark (
      key INTEGER PRIMARY KEY,
      session INTEGER NOT NULL REFERENCES session (key) ON DELETE CASCADE,
      at_ms INTEGER NOT NULL,
      offset_s INTEGER NOT NULL,
      exercise TEXT NOT NULL,
      side TEXT NOT NULL,
      place_ms INTEGER NOT NULL
    ) STRICT
    ;
INSERT INTO "mark" VALUES(1,1,1795455000250,3600,'wall-calf','left',12000);
CREATE TABLE pause (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      first TEXT NOT NULL,
      last TEXT,
      reason TEXT NOT NULL
    ) STRICT
    ;
CREATE TABLE run (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      ended_ms INTEGER NOT NULL,
      offset_s INTEGER NOT NULL,
      duration_ms INTEGER CHECK (duration_ms >= 0)
    ) STRICT
    ;
CREATE TABLE session (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      routine TEXT NOT NULL,
      name TEXT NOT NULL,
      phase TEXT NOT NULL,
      status TEXT NOT NULL,
      started_ms INTEGER NOT NULL,
      offset_s INTEGER NOT NULL,
      local_date TEXT NOT NULL,
      ended_ms INTEGER,
      saved_ms INTEGER NOT NULL,
      planned_ms INTEGER NOT NULL CHECK (planned_ms >= 0),
      active_ms INTEGER NOT NULL CHECK (active_ms >= 0),
      planned_work_ms INTEGER NOT NULL CHECK (planned_work_ms >= 0),
      done_work_ms INTEGER NOT NULL CHECK (done_work_ms >= 0),
      at_step INTEGER NOT NULL CHECK (at_step >= 1),
      owner INTEGER,
      note TEXT NOT NULL,
      snapshot INTEGER REFERENCES snapshot (key)
    ) STRICT
    ;
INSERT INTO "session" VALUES(1,'s1','post-run-holds-full','Post-run holds, full','static','completed',1795455000250,3600,'2026-11-23',1795455145250,1795455000250,135000,135000,120000,120000,4,NULL,'windy',1);
INSERT INTO "session" VALUES(2,'s2','post-run-holds-full','Post-run holds, full','static','stopped',1795541400250,3600,'2026-11-23',1795541460250,1795455000250,135000,135000,120000,120000,4,NULL,'',2);
CREATE TABLE session_step (
      session INTEGER NOT NULL REFERENCES session (key) ON DELETE CASCADE,
      idx INTEGER NOT NULL CHECK (idx >= 0),
      exercise TEXT,
      name TEXT NOT NULL,
      side TEXT NOT NULL,
      round INTEGER NOT NULL,
      phase TEXT NOT NULL,
      planned_ms INTEGER NOT NULL CHECK (planned_ms >= 0),
      done_ms INTEGER NOT NULL CHECK (done_ms >= 0),
      complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
      PRIMARY KEY (session, idx)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "session_step" VALUES(1,0,'wall-calf','Wall calf stretch','left',1,'static',30000,30000,1);
INSERT INTO "session_step" VALUES(1,1,'wall-calf','Wall calf stretch','right',1,'static',30000,30000,1);
INSERT INTO "session_step" VALUES(1,2,'wall-calf','Wall calf stretch','left',1,'static',30000,30000,1);
INSERT INTO "session_step" VALUES(1,3,'wall-calf','Wall calf stretch','right',1,'static',30000,30000,1);
INSERT INTO "session_step" VALUES(2,0,'wall-calf','Wall calf stretch','left',1,'static',30000,30000,1);
INSERT INTO "session_step" VALUES(2,1,'wall-calf','Wall calf stretch','right',1,'static',30000,30000,1);
INSERT INTO "session_step" VALUES(2,2,'wall-calf','Wall calf stretch','left',1,'static',30000,30000,1);
INSERT INTO "session_step" VALUES(2,3,'wall-calf','Wall calf stretch','right',1,'static',30000,30000,1);
CREATE TABLE snapshot (
      key INTEGER PRIMARY KEY,
      digest TEXT NOT NULL UNIQUE,
      text TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "snapshot" VALUES(1,'5e5fbf8b2105e97e80ad17d9d85a76a6bb9359654d7937f7e783a7d2a40b5098','{"format": 1}');
INSERT INTO "snapshot" VALUES(2,'d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa','other');
CREATE INDEX session_started ON session (started_ms);
CREATE INDEX session_unfinished ON session (started_ms)
    WHERE status IN ('running', 'interrupted')
    ;
CREATE UNIQUE INDEX check_in_of_session ON check_in (session, moment)
    WHERE session IS NOT NULL
    ;
CREATE UNIQUE INDEX check_in_of_run ON check_in (run, moment) WHERE run IS NOT NULL;
CREATE UNIQUE INDEX check_in_alone ON check_in (at_ms, moment)
    WHERE session IS NULL AND run IS NULL
    ;
CREATE INDEX mark_of_session ON mark (session);
COMMIT;
