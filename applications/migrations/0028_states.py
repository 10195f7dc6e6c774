
import applications.models.bases.status_field
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0027_places'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='previous_since',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='application',
            name='previous_status',
            field=applications.models.bases.status_field.StatusField(blank=True, choices=[('received', 'Received'), ('reading', 'Being read'), ('asked', 'More asked'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('closed', 'Closed without a decision')], db_default='', default='', editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name='application',
            name='state_since',
            field=models.DateTimeField(blank=True, null=True, verbose_name='state since'),
        ),
        migrations.AddField(
            model_name='application',
            name='told_of',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='application',
            name='version',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False),
        ),
        migrations.AlterField(
            model_name='application',
            name='status',
            field=applications.models.bases.status_field.StatusField(choices=[('received', 'Received'), ('reading', 'Being read'), ('asked', 'More asked'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('closed', 'Closed without a decision')], default='received', max_length=10, verbose_name='status'),
        ),
        migrations.CreateModel(
            name='ApplicationState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('received', 'Received'), ('reading', 'Being read'), ('asked', 'More asked'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('closed', 'Closed without a decision')], help_text='What it means to the site, whatever you call it.', max_length=10, verbose_name='kind')),
                ('name', models.CharField(help_text='For staff. Applicants do not read it.', max_length=60, verbose_name='name')),
                ('heading', models.CharField(blank=True, help_text='What applicants read on their status page, in a few words. Left empty, it is the usual one of this kind.', max_length=120, verbose_name='heading')),
                ('text', models.TextField(blank=True, help_text='What that means, and what comes next.', verbose_name='text')),
                ('answer_within', models.PositiveSmallIntegerField(blank=True, help_text='From the day on which an application comes into this state. The status page names the date. Left empty, it promises none.', null=True, validators=[django.core.validators.MaxValueValidator(365)], verbose_name='days until you answer')),
                ('sort_order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='states', to='applications.applicationformpage', verbose_name='form')),
            ],
            options={
                'verbose_name': 'state of applications',
                'verbose_name_plural': 'states of applications',
                'ordering': ['form', 'sort_order', 'pk'],
                'default_permissions': ('change',),
            },
        ),
        migrations.AddField(
            model_name='application',
            name='previous_state',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='applications.applicationstate'),
        ),
        migrations.AddField(
            model_name='application',
            name='state',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='applications.applicationstate', verbose_name='state'),
        ),
    ]
