-- Who may do what: second factors, sessions that end one by one, invitations,
-- tries to sign in; and the log's seals.

ALTER TABLE account
    ADD totp        text NOT NULL DEFAULT '',   -- its secret, sealed; or none
    ADD totp_step   bigint NOT NULL DEFAULT 0,  -- of the last code taken
    ADD feed        bigint NOT NULL DEFAULT 0;  -- which secret address; 0: none
CREATE INDEX account_staff ON account (role DESC, name)
    WHERE role >= 'reviewer';
CREATE INDEX account_owners ON account (id)
    WHERE role = 'owner' AND NOT suspended;

-- What comes in when the telephone is lost; one that was used is gone.
CREATE TABLE recovery_code (
    account_id  uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    hash        bytea NOT NULL,
    PRIMARY KEY (account_id, hash)
);

-- A session of an account is good while its row is here. Times are whole hours
-- and no address is kept: enough to tell one's own devices apart.
CREATE TABLE account_session (
    account_id  uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    id          uuid NOT NULL,
    device      text NOT NULL,              -- "Firefox, Linux"
    made_at     timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL,
    ends        timestamptz NOT NULL,
    PRIMARY KEY (account_id, id)
);
CREATE INDEX account_session_ends ON account_session (ends);

-- Tries to sign in within a window, by the keyed hash of a name or a network.
CREATE TABLE sign_in_try (
    key         bytea PRIMARY KEY,
    since       timestamptz NOT NULL,
    n           integer NOT NULL
);
CREATE INDEX sign_in_try_since ON sign_in_try (since);

-- Links that were given out: to join, or (account_id) to set a new password.
-- One that was used or taken back is gone.
CREATE TABLE invitation (
    id          uuid PRIMARY KEY,
    site_id     smallint NOT NULL REFERENCES site,
    role        account_role NOT NULL,
    account_id  uuid REFERENCES account ON DELETE CASCADE,
    note        text NOT NULL,
    made_by     text NOT NULL,
    made_at     timestamptz NOT NULL DEFAULT now(),
    ends        timestamptz NOT NULL
);
CREATE INDEX invitation_ends ON invitation (site_id, ends);

-- What the owner chose on the accounts' page.
CREATE TABLE site_choice (
    site_id     smallint PRIMARY KEY REFERENCES site,
    reviewers   boolean NOT NULL DEFAULT false,     -- rule on their own reviews
    tally       boolean NOT NULL DEFAULT false      -- readers may see it
);

-- The log's head on a day, signed (PASETO v4.public): what was cut off
-- together with its head is missed all the same.
CREATE TABLE log_seal (
    site_id     smallint NOT NULL REFERENCES site,
    id          bigint NOT NULL,            -- of the log's last row
    at          timestamptz NOT NULL,
    seal        text NOT NULL,
    PRIMARY KEY (site_id, id)
);
CREATE INDEX moderation_log_by_actor
    ON moderation_log (site_id, actor_name, id);
CREATE INDEX moderation_log_by_act ON moderation_log (site_id, act, id);
CREATE INDEX moderation_log_by_time ON moderation_log (site_id, at);

ALTER FUNCTION limit_web_role() RENAME TO limit_web_role_before_seals;
CREATE FUNCTION limit_web_role() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM limit_web_role_before_seals();
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'foyer_web') THEN
        REVOKE UPDATE, DELETE ON log_seal FROM foyer_web;
    END IF;
END $$;
SELECT limit_web_role();
