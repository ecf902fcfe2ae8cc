-- The epoch, and how far the log is on disk, null where that cannot be known (ADR 31). A new epoch begins when the row was
-- not written here, and when `ended` is the present one. Never call it from within a savepoint: its row must be the top
-- transaction's.
CREATE OR REPLACE FUNCTION public.database_epoch(ended text DEFAULT NULL::text)
 RETURNS TABLE(epoch text, "position" numeric)
 LANGUAGE plpgsql
AS $function$
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
$function$
