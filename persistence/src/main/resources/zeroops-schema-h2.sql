-- event_journal, event_tag and snapshot have the columns of akka-persistence-jdbc's own, so that its readers understand
-- them. Two things differ, for the sake of speed (docs/benchmarks.md): rows lie in the order in which they were
-- written, and payloads are VARBINARY, which H2 keeps in the row, not BLOB, which it handles apart.
CREATE TABLE "event_journal" (
    "ordering" BIGINT PRIMARY KEY,
    "deleted" BOOLEAN DEFAULT false NOT NULL,
    "persistence_id" VARCHAR(255) NOT NULL,
    "sequence_number" BIGINT NOT NULL,
    "writer" VARCHAR NOT NULL,
    "write_timestamp" BIGINT NOT NULL,
    "adapter_manifest" VARCHAR NOT NULL,
    "event_payload" VARBINARY(1048576) NOT NULL,
    "event_ser_id" INTEGER NOT NULL,
    "event_ser_manifest" VARCHAR NOT NULL,
    "meta_payload" VARBINARY(1048576),
    "meta_ser_id" INTEGER,
    "meta_ser_manifest" VARCHAR,
    UNIQUE ("persistence_id", "sequence_number")
);
CREATE TABLE "event_tag" (
    "event_id" BIGINT NOT NULL,
    "tag" VARCHAR NOT NULL,
    PRIMARY KEY ("event_id", "tag"),
    CONSTRAINT "fk_event_journal" FOREIGN KEY ("event_id") REFERENCES "event_journal" ("ordering") ON DELETE CASCADE
);
CREATE TABLE "snapshot" (
    "persistence_id" VARCHAR(255) NOT NULL,
    "sequence_number" BIGINT NOT NULL,
    "created" BIGINT NOT NULL,
    "snapshot_ser_id" INTEGER NOT NULL,
    "snapshot_ser_manifest" VARCHAR NOT NULL,
    "snapshot_payload" BLOB NOT NULL,
    "meta_ser_id" INTEGER,
    "meta_ser_manifest" VARCHAR,
    "meta_payload" BLOB,
    PRIMARY KEY ("persistence_id", "sequence_number")
);
-- Who waits for an effect or a deadline; written with the row that says so.
CREATE TABLE "owing" ("persistence_id" VARCHAR(255) PRIMARY KEY);
-- The settings under which rows were decided, by their hash.
CREATE TABLE "settings" (
    "hash" VARCHAR(64) PRIMARY KEY,
    "first_used" TIMESTAMP WITH TIME ZONE NOT NULL,
    "canonical" VARCHAR NOT NULL
);
CREATE TABLE "zeroops_meta" ("name" VARCHAR(64) PRIMARY KEY, "value" VARCHAR NOT NULL);
-- Views: projections of event_journal by JournalViews, which builds them anew if they are missing or of another version.
CREATE TABLE "view_progress" (
    "version" INTEGER PRIMARY KEY,
    "ordering" BIGINT NOT NULL,
    "decisions" BIGINT NOT NULL,
    "approved" BIGINT NOT NULL,
    "rejected" BIGINT NOT NULL,
    "declined" BIGINT NOT NULL,
    "expired" BIGINT NOT NULL,
    "verified" BIGINT NOT NULL,
    "escalated" BIGINT NOT NULL,
    "interventions" BIGINT NOT NULL
);
-- By the row that opened the decision; it is written then, and once more with the verdict.
CREATE TABLE "decision_view" (
    "ordering" BIGINT PRIMARY KEY,
    "decision" VARCHAR(255) NOT NULL,
    "opened_at" TIMESTAMP(9) WITH TIME ZONE NOT NULL,
    "proposer" VARCHAR(255) NOT NULL,
    "resource" VARCHAR(255) NOT NULL,
    "cause" VARCHAR NOT NULL,
    "verdict" VARCHAR(16),
    "end" VARCHAR(16)
);
CREATE INDEX "decision_view_resource" ON "decision_view" ("resource", "ordering");
-- By the row that says so.
CREATE TABLE "intervention_view" (
    "ordering" BIGINT NOT NULL,
    "decision" VARCHAR(255) NOT NULL,
    "kind" VARCHAR(16) NOT NULL,
    "at" TIMESTAMP(9) WITH TIME ZONE NOT NULL,
    PRIMARY KEY ("ordering", "kind")
);
-- What a resource was before the change in flight, and the events of that change.
CREATE TABLE "resource_view" (
    "resource" VARCHAR(255) PRIMARY KEY,
    "generation" BIGINT NOT NULL,
    "condition" VARCHAR(16) NOT NULL,
    "instances" INTEGER NOT NULL,
    "as_of" TIMESTAMP(9) WITH TIME ZONE NOT NULL,
    "last_decision" VARCHAR(255),
    "last_end" VARCHAR(16),
    "last_level" INTEGER,
    "last_detail" VARCHAR,
    "last_applied" BIGINT,
    "flight" VARBINARY NOT NULL
);
