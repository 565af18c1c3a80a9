// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/store/serverschema.h"
#include "data/tables.h"

namespace telltale {
namespace {

/// Writes one change of one table; PL/pgSQL keeps the plans of statements that are written out.
QString branchOf(const TableInfo& info)
{
    QStringList names;
    QStringList values;
    for (const Column& column : info.columns) {
        names << QLatin1String(column.name);
        values << QStringLiteral("%1_row.%2").arg(QLatin1String(info.name), QLatin1String(column.name));
    }
    return QString(QStringLiteral(R"(
      WHEN '%1' THEN
        IF was IS NULL THEN
          INSERT INTO %1 SELECT * FROM jsonb_populate_record(NULL::%1, becomes);
        ELSE
          %1_was := jsonb_populate_record(NULL::%1, was);
          IF becomes IS NULL THEN
            DELETE FROM %1 t WHERE t.id = %1_was.id AND t IS NOT DISTINCT FROM %1_was;
          ELSE
            %1_row := jsonb_populate_record(NULL::%1, becomes);
            UPDATE %1 t SET (%2) = ROW(%3) WHERE t.id = %1_was.id AND t IS NOT DISTINCT FROM %1_was;
          END IF;
        END IF;)"))
        .arg(QLatin1String(info.name), names.join(QStringLiteral(", ")), values.join(QStringLiteral(", ")));
}

// The lock comes before the first look at a table, so that entries get their numbers in the order in which
// they become visible. The hash is the one of hashOf().
constexpr const char* kCommitEdit = R"(
CREATE OR REPLACE FUNCTION commit_edit(known BIGINT, e_time TEXT, e_annotator TEXT, e_kind TEXT, e_command TEXT,
    e_before TEXT, e_after TEXT, e_undo_of BIGINT, e_token TEXT, e_step TEXT, claims TEXT,
    e_effort TEXT DEFAULT '', OUT e_sequence BIGINT, OUT e_hash TEXT)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = "%1", pg_temp AS $$
#variable_conflict use_column
DECLARE
  last_sequence BIGINT;
  last_hash TEXT;
  change RECORD;
  was JSONB;
  becomes JSONB;
  hits BIGINT;
  part TEXT;
  whole TEXT := '';
%2
BEGIN
  IF e_annotator <> session_user AND EXISTS(SELECT 1 FROM members WHERE name = session_user) THEN
    RAISE EXCEPTION '% is connected and cannot sign as %', session_user, e_annotator USING ERRCODE = '%4';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('%1'));
  SELECT sequence, hash INTO e_sequence, e_hash FROM edits WHERE sequence > known AND token = e_token;
  IF FOUND THEN
    RETURN;
  END IF;
  IF claims <> '' THEN
    INSERT INTO ids(name, next) SELECT key, value::BIGINT FROM jsonb_each_text(claims::JSONB)
      ON CONFLICT (name) DO UPDATE SET next = greatest(ids.next, excluded.next);
  END IF;
  FOR change IN SELECT * FROM ROWS FROM (jsonb_array_elements(e_before::JSONB),
      jsonb_array_elements(e_after::JSONB)) AS pair(b, a) LOOP
    was := nullif(change.b->'row', 'null'::JSONB) || jsonb_build_object('id', change.b->'id');
    becomes := nullif(change.a->'row', 'null'::JSONB) || jsonb_build_object('id', change.b->'id');
    CASE change.b->>'table'%3
    END CASE;
    GET DIAGNOSTICS hits = ROW_COUNT;
    IF hits <> 1 THEN
      RAISE EXCEPTION 'conflict' USING ERRCODE = '%5';
    END IF;
  END LOOP;
  SELECT sequence, hash INTO last_sequence, last_hash FROM edits ORDER BY sequence DESC LIMIT 1;
  e_sequence := coalesce(last_sequence, 0) + 1;
  FOREACH part IN ARRAY ARRAY[coalesce(last_hash, ''), e_sequence::TEXT, e_time, e_annotator, e_kind, e_command,
      e_before, e_after, e_undo_of::TEXT, e_token, e_step] LOOP
    whole := whole || octet_length(part) || ':' || part;
  END LOOP;
  IF e_effort <> '' THEN
    whole := whole || octet_length(e_effort) || ':' || e_effort;
  END IF;
  e_hash := encode(sha256(convert_to(whole, 'UTF8')), 'hex');
  INSERT INTO edits(sequence, time, annotator, kind, command, before, after, undo_of, token, step, hash,
      effort)
    VALUES(e_sequence, e_time, e_annotator, e_kind, e_command, e_before, e_after, e_undo_of, e_token, e_step,
      e_hash, e_effort);
  PERFORM pg_notify('telltale_%1', e_sequence::TEXT);
END $$)";

QString commitFunction(const QString& schema)
{
    QString variables;
    QString branches;
    for (const TableInfo& info : tableInfos()) {
        variables += QStringLiteral("  %1_was %1;\n  %1_row %1;\n").arg(QLatin1String(info.name));
        branches += branchOf(info);
    }
    return QString::fromLatin1(kCommitEdit)
        .arg(schema, variables, branches, QLatin1String(kEditForged), QLatin1String(kEditConflict));
}

QString readingRight(const QString& schema)
{
    return QStringLiteral("GRANT SELECT ON ALL TABLES IN SCHEMA \"%1\" TO PUBLIC").arg(schema);
}

} // namespace

QStringList serverUpgradeStatements(const QString& schema)
{
    // A function with one argument more is another function. Programs of the time before that are connected
    // call it without: the argument has a default.
    return {QStringLiteral(
                "DROP FUNCTION IF EXISTS \"%1\".commit_edit(BIGINT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT,"
                " BIGINT, TEXT, TEXT, TEXT)")
                .arg(schema),
        commitFunction(schema), readingRight(schema)};
}

QStringList serverSchemaStatements(const QString& schema)
{
    return {commitFunction(schema),
        // What of the project's folder the others need too; the bytes are in `blobs`.
        QStringLiteral("CREATE TABLE files(path TEXT PRIMARY KEY, digest TEXT NOT NULL)"),
        QStringLiteral("GRANT USAGE ON SCHEMA \"%1\" TO PUBLIC").arg(schema), readingRight(schema),
        QStringLiteral("GRANT INSERT, UPDATE ON ids, files TO PUBLIC"),
        QStringLiteral("GRANT INSERT ON blobs TO PUBLIC")};
}

} // namespace telltale
