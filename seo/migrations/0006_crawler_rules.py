"""Keep what a site tells crawlers, and its verification codes."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("seo", "0005_one_spelling"),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='RobotsTxt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('blocked_agents', models.JSONField(blank=True, default=list, verbose_name='crawlers that may not read the site')),
                ('closed_paths', models.TextField(blank=True, help_text='One to a line, such as /intern/. All that begins so is closed; * stands for anything, $ for the end. To keep a page out of search results, say so on the page instead: what is closed here is not read, and may be listed all the same.', verbose_name='addresses closed to all crawlers')),
                ('documents_in_results', models.BooleanField(default=True, help_text='PDF files and others under Documents, by themselves.', verbose_name='search engines may show documents')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'Crawlers',
                'verbose_name_plural': 'Crawlers',
            },
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('google', models.CharField(blank=True, help_text='From the HTML tag: content of google-site-verification.', max_length=100, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9_-]{43,68}=?\\Z', 'This is no such code. Copy the whole tag that you were given, or its code.')], verbose_name='Google Search Console')),
                ('bing', models.CharField(blank=True, help_text='From the meta tag: content of msvalidate.01.', max_length=100, validators=[django.core.validators.RegexValidator('^[A-F0-9]{32}\\Z', 'This is no such code. Copy the whole tag that you were given, or its code.')], verbose_name='Bing Webmaster Tools')),
                ('pinterest', models.CharField(blank=True, help_text='From the HTML tag: content of p:domain_verify.', max_length=100, validators=[django.core.validators.RegexValidator('^[a-f0-9]{32}\\Z', 'This is no such code. Copy the whole tag that you were given, or its code.')], verbose_name='Pinterest')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'Verification codes',
                'verbose_name_plural': 'Verification codes',
            },
        ),
    ]
