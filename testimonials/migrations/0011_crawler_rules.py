"""Let pages choose rules for crawlers and a canonical page."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('testimonials', '0010_subject_created_at'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.AddField(model_name='testimonialindexpage', name='canonical_page', field=models.ForeignKey(blank=True, help_text='Where another page of this site says the same, choose it: search engines show that one, and the sitemap leaves this one out. Blank: this page.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='canonical page')),
        migrations.AddField(model_name='testimonialindexpage', name='robots_branch', field=models.BooleanField(db_default=True, default=True, help_text='A page below may choose otherwise.', verbose_name='hand these choices on to the pages below')),
        migrations.AddField(model_name='testimonialindexpage', name='robots_follow', field=models.CharField(blank=True, choices=[('', 'inherit'), ('yes', 'yes'), ('no', 'no')], db_default='', default='', max_length=3, verbose_name='follow links')),
        migrations.AddField(model_name='testimonialindexpage', name='robots_image_preview', field=models.CharField(blank=True, choices=[('', 'inherit'), ('none', 'none'), ('standard', 'small'), ('large', 'large')], db_default='', default='', max_length=8, verbose_name='picture in search results')),
        migrations.AddField(model_name='testimonialindexpage', name='robots_index', field=models.CharField(blank=True, choices=[('', 'inherit'), ('yes', 'yes'), ('no', 'no')], db_default='', default='', help_text='With “no” the sitemap leaves the page out, too.', max_length=3, verbose_name='show in search results')),
        migrations.AddField(model_name='testimonialindexpage', name='robots_max_snippet', field=models.IntegerField(blank=True, help_text='In characters. Blank inherits, 0 shows the title only, -1 sets no limit.', null=True, validators=[django.core.validators.MinValueValidator(-1)], verbose_name='longest text in search results')),
        migrations.AddField(model_name='testimonialindexpage', name='robots_unavailable', field=models.CharField(blank=True, choices=[('', 'inherit'), ('never', 'never'), ('after', 'after a day')], db_default='', default='', max_length=5, verbose_name='leaves search results')),
        migrations.AddField(model_name='testimonialindexpage', name='robots_unavailable_after', field=models.DateField(blank=True, db_index=True, help_text='From the day after, the sitemap leaves the page out, too.', null=True, verbose_name='last day in search results')),
        migrations.AddField(model_name='testimonialpage', name='canonical_page', field=models.ForeignKey(blank=True, help_text='Where another page of this site says the same, choose it: search engines show that one, and the sitemap leaves this one out. Blank: this page.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='canonical page')),
        migrations.AddField(model_name='testimonialpage', name='robots_branch', field=models.BooleanField(db_default=True, default=True, help_text='A page below may choose otherwise.', verbose_name='hand these choices on to the pages below')),
        migrations.AddField(model_name='testimonialpage', name='robots_follow', field=models.CharField(blank=True, choices=[('', 'inherit'), ('yes', 'yes'), ('no', 'no')], db_default='', default='', max_length=3, verbose_name='follow links')),
        migrations.AddField(model_name='testimonialpage', name='robots_image_preview', field=models.CharField(blank=True, choices=[('', 'inherit'), ('none', 'none'), ('standard', 'small'), ('large', 'large')], db_default='', default='', max_length=8, verbose_name='picture in search results')),
        migrations.AddField(model_name='testimonialpage', name='robots_index', field=models.CharField(blank=True, choices=[('', 'inherit'), ('yes', 'yes'), ('no', 'no')], db_default='', default='', help_text='With “no” the sitemap leaves the page out, too.', max_length=3, verbose_name='show in search results')),
        migrations.AddField(model_name='testimonialpage', name='robots_max_snippet', field=models.IntegerField(blank=True, help_text='In characters. Blank inherits, 0 shows the title only, -1 sets no limit.', null=True, validators=[django.core.validators.MinValueValidator(-1)], verbose_name='longest text in search results')),
        migrations.AddField(model_name='testimonialpage', name='robots_unavailable', field=models.CharField(blank=True, choices=[('', 'inherit'), ('never', 'never'), ('after', 'after a day')], db_default='', default='', max_length=5, verbose_name='leaves search results')),
        migrations.AddField(model_name='testimonialpage', name='robots_unavailable_after', field=models.DateField(blank=True, db_index=True, help_text='From the day after, the sitemap leaves the page out, too.', null=True, verbose_name='last day in search results')),
    ]
