-- Emails and names leave the audit chain and stand beside it: an entry keeps their salted hashes only,
-- so erasing a user deletes these rows and the chain still verifies.

CREATE TABLE audit_personal_values (
    entry_id uuid        NOT NULL,
    user_id  uuid        NOT NULL,
    field    varchar(50) NOT NULL,
    salt     text        NOT NULL,
    value    text        NOT NULL,
    CONSTRAINT pk_audit_personal_values PRIMARY KEY (entry_id, user_id, field),
    -- Checked at COMMIT: the entry is the last thing that a transaction writes.
    CONSTRAINT fk_audit_personal_values_audit_entries_entry_id FOREIGN KEY (entry_id)
        REFERENCES audit_entries (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_audit_personal_values_user_id ON audit_personal_values (user_id);
