"""Keep an upload of articles until it is confirmed."""

import uuid

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleImport",
            fields=[
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("makes_references", models.BooleanField(default=False)),
                ("rows", models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("left_out", models.JSONField(default=list)),
                ("refused", models.JSONField(default=list)),
                ("notice", models.CharField(blank=True, max_length=500)),
                ("result", models.JSONField(null=True)),
                ("index", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.articleindexpage")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="ArticleImportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=300)),
                ("data", models.BinaryField()),
                ("article_import", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="files", to="articles.articleimport")),
            ],
            options={"default_permissions": ()},
        ),
    ]
