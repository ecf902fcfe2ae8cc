-- An older node counts a member change from the conversation's row, which is behind: the trigger
-- conversations_number_member_change gives it the right number.
CREATE OR REPLACE FUNCTION public.number_member_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  SELECT rev + 1, rev + 1 INTO NEW.rev, NEW.members_rev FROM conversation_heads WHERE id = NEW.id;
  RETURN NEW;
END
$function$
