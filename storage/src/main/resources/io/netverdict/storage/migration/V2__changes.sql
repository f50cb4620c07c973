-- Numbers every incident that is kept or decided, in the order of the commits: who has seen
-- number n asks for what is greater.

CREATE SEQUENCE incident_change;

ALTER TABLE incident ADD COLUMN change_number BIGINT DEFAULT NEXT VALUE FOR incident_change NOT NULL;
CREATE UNIQUE INDEX incident_change_number ON incident (change_number);
