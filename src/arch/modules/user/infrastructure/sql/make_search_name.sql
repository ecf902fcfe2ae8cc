-- A makeshift for a name that was stored without the folded one, by an older node or by hand (ADR 37): it is found by that
-- until a node folds it.
CREATE OR REPLACE FUNCTION public.make_search_name()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.search_name := lower(regexp_replace(normalize(NEW.display_name, NFKD), '[\u0300-\u036f]', '', 'g'));
  NEW.search_folding := 0;
  RETURN NEW;
END
$function$
