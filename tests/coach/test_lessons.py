from bot.coach.handbook import Handbook, Kind, Referral, Replies, Tool, Topic, Vocabulary
from bot.coach.lessons import lessons
from bot.coach.question import Aspect
