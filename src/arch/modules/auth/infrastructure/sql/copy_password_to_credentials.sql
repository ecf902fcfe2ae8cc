-- What an older node stores in users.password_hash is copied to credentials, until the column is dropped (ADR 46).
CREATE OR REPLACE FUNCTION public.copy_password_to_credentials()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW.password_hash = '!' THEN
    DELETE FROM credentials WHERE user_id = NEW.id;
  ELSE
    INSERT INTO credentials AS kept (user_id, password_hash) VALUES (NEW.id, NEW.password_hash)
    ON CONFLICT (user_id) DO UPDATE SET password_hash = EXCLUDED.password_hash, changed_at = now()
    WHERE kept.password_hash <> EXCLUDED.password_hash;
  END IF;
  RETURN NULL;
END
$function$
