import { answerQuestions, messageOf } from '../kit/threads/index.ts'
import { foldText } from './foldingText.ts'

answerQuestions(foldText, messageOf)
