"""Names are remembered by what they were compared with: lists, and now the groups of the regimes too."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_sharing'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='rememberedname', name='remembered_name_once'),
        migrations.RenameField(model_name='rememberedname', old_name='lists_digest', new_name='names_digest'),
        migrations.AddConstraint(
            model_name='rememberedname',
            constraint=models.UniqueConstraint(fields=('names_digest', 'asked'), name='remembered_name_once'),
        ),
    ]
