"""All articles, the long one first."""

from home.demonstration import (
    article_exercise,
    article_fatigue,
    article_main,
    article_mri,
    article_questions,
    article_reading_a_trial,
    article_travelling,
)

ARTICLES = [
    article_main.ARTICLE,
    article_fatigue.ARTICLE,
    article_exercise.ARTICLE,
    article_questions.ARTICLE,
    article_reading_a_trial.ARTICLE,
    article_mri.ARTICLE,
    article_travelling.ARTICLE,
]
