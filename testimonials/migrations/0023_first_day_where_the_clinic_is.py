"""The day that is suggested is the clinic's; what is stored stays as it is."""

from django.db import migrations, models

import delivery.calendar


class Migration(migrations.Migration):

    dependencies = [
        ('testimonials', '0022_withdrawals_recorded'),
    ]

    # The database knows nothing of the default, and keeps its table.
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='consent',
                    name='valid_from',
                    field=models.DateField(
                        default=delivery.calendar.today, verbose_name='valid from'
                    ),
                ),
            ],
        ),
    ]
