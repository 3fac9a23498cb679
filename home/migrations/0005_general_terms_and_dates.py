"""A page of general terms, and the dates of a kind of meeting on a page."""

import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0001_initial'),
        ('home', '0004_contact_directions'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.AddField(
            model_name='standardpage',
            name='dates_of',
            field=models.CharField(blank=True, choices=[('open', 'open meeting'), ('cafe', 'PE-café'), ('in-company', 'in-company'), ('partner', 'for a partner')], help_text='The page shows when meetings of this kind are, so its text need not say so.', max_length=20, verbose_name='dates of'),
        ),
        migrations.CreateModel(
            name='TermsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('picture_alt', models.CharField(blank=True, help_text='What a reader who cannot see the picture should know.', max_length=200, verbose_name='alt text')),
                ('picture_is_decorative', models.BooleanField(default=False, help_text='It tells nothing that the text does not tell.', verbose_name='picture is decorative')),
                ('intro', models.TextField(blank=True, help_text='One or two sentences: above the page, on cards and in search results.', max_length=300, verbose_name='introduction')),
                ('body', wagtail.fields.StreamField([('heading', 2), ('text', 3), ('picture', 6), ('quote', 10), ('button', 15), ('call_to_action', 18), ('cards', 23), ('questions', 28), ('table', 32), ('video', 36)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('2', 'Section'), ('3', 'Part of a section')], 'label': 'Level'}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 120}), 2: ('wagtail.blocks.StructBlock', [[('level', 0), ('text', 1)]], {}), 3: ('pluc.content.blocks.TextBlock', (), {}), 4: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 200, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('picture', 4), ('caption', 5)]], {}), 7: ('wagtail.blocks.TextBlock', (), {'label': 'Quote', 'max_length': 400}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Who said it', 'max_length': 80, 'required': False}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'Role', 'max_length': 80, 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('text', 7), ('name', 8), ('role', 9)]], {}), 11: ('wagtail.blocks.CharBlock', (), {'label': 'What the button says', 'max_length': 50}), 12: ('pluc.content.blocks.PageBlock', (), {'label': 'Page', 'required': False}), 13: ('wagtail.blocks.URLBlock', (), {'label': 'Address elsewhere', 'required': False}), 14: ('wagtail.blocks.StructBlock', [[('page', 12), ('url', 13)]], {}), 15: ('wagtail.blocks.StructBlock', [[('label', 11), ('link', 14)]], {}), 16: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 100}), 17: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'max_length': 300, 'required': False}), 18: ('wagtail.blocks.StructBlock', [[('heading', 16), ('text', 17), ('label', 11), ('link', 14)]], {}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 80}), 20: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'max_length': 240}), 21: ('wagtail.blocks.StructBlock', [[('heading', 19), ('text', 20), ('link', 14)]], {}), 22: ('wagtail.blocks.ListBlock', (21,), {'label': 'Cards', 'max_num': 6, 'min_num': 2}), 23: ('wagtail.blocks.StructBlock', [[('cards', 22)]], {}), 24: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 160}), 25: ('pluc.content.blocks.TextBlock', (), {'label': 'Answer'}), 26: ('wagtail.blocks.StructBlock', [[('question', 24), ('answer', 25)]], {}), 27: ('wagtail.blocks.ListBlock', (26,), {'label': 'Questions', 'min_num': 1}), 28: ('wagtail.blocks.StructBlock', [[('questions', 27)]], {}), 29: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 160}), 30: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('row', 'First row'), ('column', 'First column'), ('both', 'Both')], 'label': 'Where the headings are'}), 31: ('wagtail.blocks.TextBlock', (), {'help_text': 'A row per line, cells separated by | or pasted from a spreadsheet.', 'label': 'Cells'}), 32: ('wagtail.blocks.StructBlock', [[('caption', 29), ('header', 30), ('cells', 31)]], {}), 33: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120}), 34: ('wagtail.blocks.URLBlock', (), {'label': 'Address'}), 35: ('wagtail.blocks.CharBlock', (), {'label': 'Description', 'max_length': 200, 'required': False}), 36: ('wagtail.blocks.StructBlock', [[('title', 33), ('url', 34), ('description', 35)]], {})}, verbose_name='body')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='content.picture', verbose_name='picture')),
            ],
            options={
                'verbose_name': 'general terms',
            },
            bases=('wagtailcore.page', models.Model),
        ),
    ]
