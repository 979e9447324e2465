/** What is asked, in our words and in DuckDB's. */

export const TYPED_FILTER = 'name:EventWorkbinContentChanged and workbin:email-draft@A10*';
export const TYPED_SQL = `
  SELECT count(*) AS rows FROM messages
  WHERE n = 'EventWorkbinContentChanged' AND w LIKE 'email-draft@A10%'`;

/** Whole phases that contain a match. */
export const PHASE_FILTER = 'outcome:failed';
/** What each message belongs to, worked out once beforehand: the last request with its reference. */
export const PHASES_SQL = `
  CREATE TABLE traced AS
  SELECT *, CASE WHEN r IS NULL THEN NULL ELSE
    last_value(CASE WHEN d = 'send' THEN seq END IGNORE NULLS) OVER (PARTITION BY c, p, r ORDER BY seq)
  END AS request FROM messages`;
export const PHASE_SQL = `
  SELECT count(*) AS rows FROM traced
  WHERE request IN (SELECT request FROM traced WHERE e IS NOT NULL)`;
