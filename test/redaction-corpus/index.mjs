export { benign } from './benign.mjs';
export { cases, pairs } from './cases.mjs';
export { contexts } from './contexts.mjs';
export { kinds } from './kinds.mjs';
export { goesWith, PAIRING } from './pairing.mjs';
export { readingsOf } from './readable.mjs';
export { worst } from './report.mjs';
export { judge, score } from './score.mjs';
