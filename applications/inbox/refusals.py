"""Why a change to an application was refused."""


class Refused(Exception):
    """Nothing was changed."""


class Gone(Refused):
    """The application was deleted."""


class Withdrawn(Refused):
    """The applicant has withdrawn it: nobody works on it any more."""


class Outdated(Refused):
    """It has changed since whoever asks last looked at it."""


class NoSuchState(Refused):
    """The state was taken away from the form, or is the applicant's to choose."""


class NothingToUndo(Refused):
    """No move came before, or it was taken back already."""


class SecondReaderMissing(Refused):
    """Its form asks for two opinions before a decision, and they are not in."""


class OpinionsAreIn(Refused):
    """Both readers have said what they think, and have read one another."""


class NoDay(Refused):
    """What was typed for a day is none."""

    def __init__(self, typed: str) -> None:
        self.typed = typed[:20]
