export { AskedThread } from './AskedThread.ts'
export { answerQuestions, messageOf } from './answerQuestions.ts'
