import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0035_notification_choices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='channel',
            field=models.CharField(choices=[('web', 'On the site'), ('telephone', 'By telephone'), ('paper', 'On paper')], db_default='web', default='web', max_length=10, verbose_name='how it came'),
        ),
        migrations.AddField(
            model_name='application',
            name='consent_given',
            field=models.CharField(blank=True, choices=[('read_out', 'Read out, and agreed to'), ('signed', 'Signed on paper, which is kept')], db_default='', default='', max_length=10, verbose_name='how the applicant agreed'),
        ),
        migrations.AddField(
            model_name='application',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.AddField(
            model_name='application',
            name='tells_applicant',
            field=models.BooleanField(db_default=True, default=True, editable=False),
        ),
        migrations.AddField(
            model_name='draft',
            name='channel',
            field=models.CharField(choices=[('web', 'On the site'), ('telephone', 'By telephone'), ('paper', 'On paper')], db_default='web', default='web', max_length=10, verbose_name='how it came'),
        ),
        migrations.AddField(
            model_name='draft',
            name='consent_given',
            field=models.CharField(blank=True, choices=[('read_out', 'Read out, and agreed to'), ('signed', 'Signed on paper, which is kept')], db_default='', default='', max_length=10, verbose_name='how the applicant agreed'),
        ),
        migrations.AddField(
            model_name='draft',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.AddField(
            model_name='draft',
            name='received_on',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='draft',
            name='tells_applicant',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
