/** The members that make an answer this server's. A browser can get JSON from other machines too. */

const isText = (value) => typeof value === 'string' && value !== '';
const isNumber = (value) => Number.isSafeInteger(value) && value >= 0;
const isInstant = (value) => isText(value) && !Number.isNaN(Date.parse(value));
const isList = (value, isEntry) => Array.isArray(value) && value.every(isEntry);
const isPresence = (value) => isNumber(value?.seq) && isText(value.studentId) && isInstant(value.at);
const areStudents = ({ presences, absences = [] }) => isList(presences, isPresence) && isList(absences, isPresence);
const hasRoll = (value) => isNumber(value?.classId) && isText(value.rollId) && isInstant(value.startedAt);

export const isStarted = (classId) => (roll) => hasRoll(roll) && roll.classId === Number(classId) && isText(roll.topic);

export const isRoll = (classId) => (roll) => isStarted(classId)(roll) && isNumber(roll.seq) && areStudents(roll);

export const isSheet = (rollId) => (sheet) => hasRoll(sheet) && sheet.rollId === rollId && isInstant(sheet.endedAt)
  && areStudents(sheet);

/** The answer to a mark is the student's row. */
export const isMark = (studentId) => (row) => isPresence(row) && row.studentId === studentId;

/** The answer to a change of a roll is the roll without its students. */
export const isState = (roll) => (state) => isStarted(roll.classId)(state) && state.rollId === roll.rollId && isNumber(state.seq);

export const isReceipt = (classId, studentId) => (receipt) => receipt?.studentId === studentId && isInstant(receipt.at)
  && (receipt.classId === Number(classId) || receipt.classId === 0);

export const areOpenRolls = (rolls) => isList(rolls, (roll) => hasRoll(roll) && isNumber(roll.present));

export const areKeptSheets = (sheets) => isList(sheets, (sheet) => hasRoll(sheet) && isInstant(sheet.endedAt)
  && isNumber(sheet.present) && isInstant(sheet.keptUntil));

export const isAddress = (address) => isList(address?.candidates, (candidate) => isText(candidate?.url))
  && address.candidates.length > 0;

export const areCodes = (answer) => isText(answer?.rollId) && isList(answer.codes, (shown) => /^[A-Z]{6}$/.test(shown?.code)
  && Number.isFinite(shown.fromMs) && Number.isFinite(shown.untilMs));

export const isProjector = (projector) => isText(projector?.url) && isText(projector.token);

/** An answer without a body cannot be told from another machine's. */
export const isNothing = (body) => body === null;

export const isSession = (session) => typeof session?.canLogOut === 'boolean';
