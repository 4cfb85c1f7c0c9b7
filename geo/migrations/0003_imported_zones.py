from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('geo', '0002_loaded_reference'),
    ]

    operations = [
        migrations.CreateModel(
            name='GeographyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=120)),
                ('digest', models.CharField(max_length=80)),
                ('packaged_digest', models.CharField(max_length=80)),
                ('belt_widths_m', models.JSONField(default=list)),
                ('zones', models.JSONField(default=list)),
                ('composed_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['digest'], name='geo_geography_digest')],
            },
        ),
        migrations.AddField(
            model_name='zoneversion',
            name='accuracy_m',
            field=models.FloatField(default=0.0),
        ),
        migrations.AddField(
            model_name='zoneversion',
            name='imported',
            field=models.BooleanField(default=False),
        ),
    ]
