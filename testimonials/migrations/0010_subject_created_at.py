import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("testimonials", "0009_erased_addresses"),
    ]

    operations = [
        # Empty for those there are: a later moment than theirs would keep a restored
        # one from being erased again.
        migrations.AddField(
            model_name="subject",
            name="created_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="created"
            ),
        ),
        migrations.AlterField(
            model_name="subject",
            name="created_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now,
                editable=False,
                null=True,
                verbose_name="created",
            ),
        ),
    ]
