-- What this version stores in credentials is copied to users.password_hash for older nodes, until the column is dropped (ADR 46).
CREATE OR REPLACE FUNCTION public.copy_password_to_users()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE users SET password_hash = '!', updated_at = now() WHERE id = OLD.user_id AND password_hash <> '!';
  ELSE
    UPDATE users SET password_hash = NEW.password_hash, updated_at = now()
    WHERE id = NEW.user_id AND password_hash <> NEW.password_hash;
  END IF;
  RETURN NULL;
END
$function$
