-- What tells this database from another that may have come of the same data, as far as the role may know it (ADR 31).
CREATE OR REPLACE FUNCTION public.database_origin()
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
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
$function$
