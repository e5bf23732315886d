/**
 * A sheet as CSV for the import of Moodle's activity "Attendance". Moodle finds the columns idnumber and status by these
 * headings, compares the ids letter by letter with those of its users, and knows each status by its letters.
 */
export function moodleCsv({ present, absent }, letters) {
  const statuses = new Map();
  for (const { student, studentId, status = 'present' } of [...present, ...absent]) {
    const id = student?.id ?? studentId;
    // Moodle refuses a second line of a student.
    if (!statuses.has(id)) {
      statuses.set(id, letters[status === 'unanswered' ? 'absent' : status]);
    }
  }
  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);
  return [['idnumber', 'status'], ...statuses].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}
