"""What apps above are told of accounts."""

from django.dispatch import Signal

# With ``user``: whatever was open by what they had before is to end.
access_renewed = Signal()
