-- Times are UTC; addresses and host names are lower case; words are the public contract's.

CREATE TABLE incident (
    id           VARCHAR(64) PRIMARY KEY,
    received_at  TIMESTAMP(9) WITH TIME ZONE NOT NULL,
    status       VARCHAR(16) NOT NULL,
    -- The caller's own id: the same key twice is one incident. Null where none was given.
    report_key   VARCHAR UNIQUE,
    -- What retention counts: the slice's bytes and what the rows take in the database file.
    stored_bytes BIGINT NOT NULL,
    -- Message, URL, hint, hosts and addresses in lower case, one a line.
    search_text  VARCHAR NOT NULL
);
CREATE INDEX incident_newest_first ON incident (received_at DESC, id DESC);

-- Apart from the incident, so that filtering does not read documents.
CREATE TABLE incident_document (
    incident_id VARCHAR(64) PRIMARY KEY REFERENCES incident ON DELETE CASCADE,
    document    CLOB NOT NULL
);

CREATE TABLE error (
    incident_id VARCHAR(64) PRIMARY KEY REFERENCES incident ON DELETE CASCADE,
    message     VARCHAR NOT NULL,
    url         VARCHAR,
    host        VARCHAR,
    method      VARCHAR,
    occurred_at TIMESTAMP(9) WITH TIME ZONE,
    started_at  TIMESTAMP(9) WITH TIME ZONE,
    local       VARCHAR,
    remote      VARCHAR,
    proxy       VARCHAR,
    client      VARCHAR
);

CREATE TABLE verdict (
    incident_id VARCHAR(64) PRIMARY KEY REFERENCES incident ON DELETE CASCADE,
    cause       VARCHAR(64) NOT NULL,
    confidence  DOUBLE PRECISION NOT NULL,
    blame       VARCHAR(16) NOT NULL,
    phase       VARCHAR(16) NOT NULL,
    hint        VARCHAR NOT NULL
);
CREATE INDEX verdict_cause ON verdict (cause);
CREATE INDEX verdict_blame ON verdict (blame);

CREATE TABLE operation (
    incident_id VARCHAR(64) NOT NULL REFERENCES incident ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    kind        VARCHAR(16) NOT NULL,
    target      VARCHAR,
    flow_id     INTEGER,
    started_at  TIMESTAMP(9) WITH TIME ZONE,
    ended_at    TIMESTAMP(9) WITH TIME ZONE,
    outcome     VARCHAR(16),
    PRIMARY KEY (incident_id, ordinal)
);

CREATE TABLE flow (
    incident_id      VARCHAR(64) NOT NULL REFERENCES incident ON DELETE CASCADE,
    ordinal          INTEGER NOT NULL,
    id               INTEGER NOT NULL,
    protocol         VARCHAR(16),
    local_address    VARCHAR,
    local_port       INTEGER,
    remote_address   VARCHAR,
    remote_port      INTEGER,
    packets_sent     BIGINT NOT NULL,
    packets_received BIGINT NOT NULL,
    bytes_sent       BIGINT NOT NULL,
    bytes_received   BIGINT NOT NULL,
    retransmissions  BIGINT NOT NULL,
    first_packet_at  TIMESTAMP(9) WITH TIME ZONE,
    last_packet_at   TIMESTAMP(9) WITH TIME ZONE,
    PRIMARY KEY (incident_id, ordinal)
);

-- Every host name and address that took part: the URL's, those resolved, redirects, peers.
CREATE TABLE incident_host (
    incident_id VARCHAR(64) NOT NULL REFERENCES incident ON DELETE CASCADE,
    host        VARCHAR NOT NULL,
    PRIMARY KEY (incident_id, host)
);
CREATE INDEX incident_host_by_host ON incident_host (host);

-- Only where packets were written; the file lies in the data directory's slices/.
CREATE TABLE slice (
    incident_id VARCHAR(64) PRIMARY KEY REFERENCES incident ON DELETE CASCADE,
    packets     BIGINT NOT NULL,
    bytes       BIGINT NOT NULL,
    sha256      CHAR(64) NOT NULL
);
