import {
  isGroup,
  isRows,
  type FieldInput,
  type ListRow,
  type RequestInput,
} from '../../protocol/requestForm/requestInput';
import { secretKind } from './secretNames';

/** What a disk may see of a filled-in form. A list's entry with the name of a secret stays, with nothing in it. */
export function withoutSecrets(input: RequestInput): RequestInput {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]): readonly [string, FieldInput] => [
      name,
      isRows(value) ? value.map(cleanRow) : isGroup(value) ? withoutSecrets(value) : value,
    ]),
  );
}

function cleanRow(row: ListRow): ListRow {
  const isSecret = secretKind(row.key) !== undefined;
  if (row.type === 'list') {
    return { ...row, rows: isSecret ? [] : row.rows.map(cleanRow) };
  }
  return isSecret ? { ...row, text: '' } : row;
}
