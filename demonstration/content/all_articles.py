"""All articles, the long one first."""

from demonstration.content.articles import exercise as article_exercise
from demonstration.content.articles import fatigue as article_fatigue
from demonstration.content.articles import main as article_main
from demonstration.content.articles import mri as article_mri
from demonstration.content.articles import questions as article_questions
from demonstration.content.articles import reading_a_trial as article_reading_a_trial
from demonstration.content.articles import travelling as article_travelling

ARTICLES = [
    article_main.ARTICLE,
    article_fatigue.ARTICLE,
    article_exercise.ARTICLE,
    article_questions.ARTICLE,
    article_reading_a_trial.ARTICLE,
    article_mri.ARTICLE,
    article_travelling.ARTICLE,
]
