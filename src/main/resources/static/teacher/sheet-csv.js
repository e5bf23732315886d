import { LocalTime } from './local-time.js';

const COLUMNS = ['studentId', 'status', 'at', 'by', 'seq', 'classId', 'rollId', 'startedAt', 'endedAt'];

/**
 * A sheet as CSV for programs, byte for byte as the server writes it for a reader in the zone of this page: commas, plain
 * ids, and instants with their offset. The page makes it, because the server may have erased the sheet before the download.
 */
export function sheetCsv({ classId, rollId, startedAt, endedAt, presences, absences = [] }) {
  const time = (instant) => (instant ? new LocalTime(instant).iso : '');
  const rows = [...presences, ...absences].map(({ studentId, status = 'present', at, by = '', seq }) =>
    [studentId, status, time(at), by, seq, classId, rollId, time(startedAt), time(endedAt)]);
  return [COLUMNS, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}
