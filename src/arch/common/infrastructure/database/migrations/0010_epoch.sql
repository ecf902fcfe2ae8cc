CREATE TABLE "database_epochs" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"epoch" text NOT NULL,
	"origin" jsonb NOT NULL,
	"written_by" text NOT NULL,
	CONSTRAINT "database_epochs_singleton_check" CHECK ("database_epochs"."singleton")
);
--> statement-breakpoint
-- What tells this database from another that may have come of the same data, as far as the role may know it: another
-- cluster has another system identifier, a promoted standby or a recovery to a point in time another timeline, a copy in
-- the same cluster another oid, and a data folder that was put back other times of its files.
CREATE FUNCTION database_origin() RETURNS jsonb
LANGUAGE plpgsql
AS $$
DECLARE
  origin jsonb := jsonb_build_object('database', (SELECT oid::text FROM pg_database WHERE datname = current_database()));
BEGIN
  -- Whatever keeps a server from telling a part, a missing right or another product, the others count.
  BEGIN
    origin := origin || jsonb_build_object('system', (SELECT system_identifier::text FROM pg_control_system()));
  EXCEPTION WHEN OTHERS THEN NULL;
  END;
  BEGIN
    origin := origin || jsonb_build_object('timeline', left(pg_walfile_name(pg_current_wal_lsn()), 8));
  EXCEPTION WHEN OTHERS THEN NULL;
  END;
  BEGIN
    origin := origin || jsonb_build_object('files', extract(epoch FROM (pg_stat_file('PG_VERSION')).change)::text);
  EXCEPTION WHEN OTHERS THEN NULL;
  END;
  RETURN origin;
END
$$;
--> statement-breakpoint
-- The epoch, and how far the log is on disk (null where that cannot be known), which never goes back in a history. A new
-- epoch begins when the row was not written here: in another place, or by a restore; and when `ended` is the present one.
-- Never call it from within a savepoint: its row must be the top transaction's.
CREATE FUNCTION database_epoch(ended text DEFAULT NULL)
RETURNS TABLE (epoch text, "position" numeric)
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
  here jsonb;
  flushed numeric;
BEGIN
  -- A standby tells its primary's.
  IF NOT pg_is_in_recovery() THEN
    here := database_origin();
    BEGIN
      flushed := pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0');
    EXCEPTION WHEN OTHERS THEN NULL;
    END;
    IF NOT EXISTS (
      SELECT FROM database_epochs e
      WHERE e.written_by = e.xmin::text AND e.origin @> here AND e.epoch IS DISTINCT FROM ended
    ) THEN
      INSERT INTO database_epochs AS known (epoch, origin, written_by)
      VALUES (left(replace(gen_random_uuid()::text, '-', ''), 12), here, pg_current_xact_id()::xid::text)
      ON CONFLICT (singleton) DO UPDATE SET
        epoch = CASE
          WHEN known.written_by = known.xmin::text AND known.epoch IS DISTINCT FROM ended
            -- Parts that were not known before, or are not now, say nothing.
            AND NOT EXISTS (SELECT FROM jsonb_each(here) part WHERE known.origin -> part.key <> part.value)
          THEN known.epoch ELSE excluded.epoch
        END,
        origin = known.origin || here,
        written_by = excluded.written_by
      -- Of those who find it at the same time only the first changes it.
      WHERE NOT (known.written_by = known.xmin::text AND known.origin @> here AND known.epoch IS DISTINCT FROM ended);
    END IF;
  END IF;
  RETURN QUERY SELECT e.epoch, flushed FROM database_epochs e;
END
$$;
