-- How far the views have read is a pair since journals lie in PostgreSQL, too; its first part is always 0 here. Instants are nanoseconds
-- since the epoch, which both databases keep exactly. The views' tables are made anew and filled from the journal.
DROP TABLE "view_progress";
DROP TABLE "decision_view";
DROP TABLE "intervention_view";
DROP TABLE "resource_view";
CREATE TABLE "view_progress" (
    "version" INTEGER PRIMARY KEY,
    "transaction" BIGINT NOT NULL,
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
    "opened_at" BIGINT NOT NULL,
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
    "at" BIGINT NOT NULL,
    PRIMARY KEY ("ordering", "kind")
);
-- What a resource was before the change in flight, and the events of that change.
CREATE TABLE "resource_view" (
    "resource" VARCHAR(255) PRIMARY KEY,
    "generation" BIGINT NOT NULL,
    "condition" VARCHAR(16) NOT NULL,
    "instances" INTEGER NOT NULL,
    "as_of" BIGINT NOT NULL,
    "last_decision" VARCHAR(255),
    "last_end" VARCHAR(16),
    "last_level" INTEGER,
    "last_detail" VARCHAR,
    "last_applied" BIGINT,
    "flight" VARBINARY NOT NULL
);
-- How far something outside was read, such as a provider's bills.
CREATE TABLE "bookmark" ("name" VARCHAR(64) PRIMARY KEY, "value" VARCHAR NOT NULL);
MERGE INTO "zeroops_meta" ("name", "value") KEY ("name") VALUES ('schema_version', '2'), ('readable_from', '2');
