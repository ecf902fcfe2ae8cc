-- When the newest message after known_seq was sent; known_at when there is none. Nodes of before migration 0013 call it.
CREATE OR REPLACE FUNCTION public.last_activity(conversation uuid, known_seq bigint, known_at timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
RETURN COALESCE((SELECT messages.created_at FROM messages WHERE ((messages.conversation_id = last_activity.conversation) AND (messages.seq > last_activity.known_seq)) ORDER BY messages.seq DESC LIMIT 1), known_at)
