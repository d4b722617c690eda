-- The second statement fails, so the first leaves nothing.
CREATE TABLE somewhere (id integer);
ALTER TABLE nowhere ADD COLUMN x integer;
