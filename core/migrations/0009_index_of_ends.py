from django.db import migrations

# Wagtail has none. The calendar asks for the next end of a page's time each time that
# pages are kept, and a timer each minute for those that are over.
NAME = "core_page_expire_at"


class Migration(migrations.Migration):
    dependencies = [("core", "0008_live_problems")]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX {NAME} ON wagtailcore_page (expire_at)"
            " WHERE expire_at IS NOT NULL",
            f"DROP INDEX {NAME}",
        )
    ]
