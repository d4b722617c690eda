-- What colleagues should know about a user.
ALTER TABLE users ADD COLUMN note text;
COMMENT ON COLUMN users.note IS 'What colleagues should know; never shown to the user.';
