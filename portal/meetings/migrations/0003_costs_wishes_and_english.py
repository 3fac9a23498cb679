"""What a meeting costs and asks for, and English for its participants."""

import django.core.validators
import django.db.models.expressions
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0002_counted_apart'),
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='course',
            name='vat',
            field=models.CharField(choices=[('exempt', 'exempt (CRKBO)'), ('included', 'included in the price'), ('on top', 'comes on top of the price')], default='exempt', max_length=10, verbose_name='VAT'),
        ),
        migrations.AddField(
            model_name='policy',
            name='button',
            field=models.CharField(default='Aanmelden en betalen', help_text='What the button says that enrols where a place costs money.', max_length=40, verbose_name='button'),
        ),
        migrations.AddField(
            model_name='policy',
            name='button_en',
            field=models.CharField(default='Enrol and pay', help_text='What the button says that enrols where a place costs money.', max_length=40, verbose_name='button in English'),
        ),
        migrations.AddField(
            model_name='policy',
            name='payment_days',
            field=models.PositiveSmallIntegerField(default=14, help_text='Days after the date of the invoice.', verbose_name='to be paid within'),
        ),
        migrations.AddField(
            model_name='policy',
            name='withdrawal',
            field=models.TextField(blank=True, default='Meld je je aan als consument, dus niet voor je werk of je bedrijf? Dan kun je je binnen 14 dagen na je aanmelding zonder reden bedenken. Mail of bel ons; je betaalt dan niets. Is de bijeenkomst er binnen die 14 dagen al geweest, dan kan dat niet meer.', help_text='Stands before the button where a place costs money. Empty: it does not apply.', max_length=600, verbose_name="a consumer's right to withdraw"),
        ),
        migrations.AddField(
            model_name='policy',
            name='withdrawal_en',
            field=models.TextField(blank=True, default='Are you enrolling as a consumer, rather than for your job or business? If so, you can change your mind within 14 days of enrolling, without giving a reason. E-mail or call us, and you’ll pay nothing. This no longer applies once the meeting has taken place, even within those 14 days.', max_length=600, verbose_name="a consumer's right to withdraw, in English"),
        ),
        migrations.AddField(
            model_name='venue',
            name='asks_access',
            field=models.BooleanField(default=False, help_text='The enrolling form then asks what somebody needs to get in and take part.', verbose_name='ask for access wishes'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='cancelled_because_en',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='why it is cancelled, in English'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='practical_en',
            field=models.TextField(blank=True, help_text='Without it, English mails leave it out and say that it is there in Dutch.', max_length=2000, verbose_name='for participants, in English'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='has_meal',
            field=models.BooleanField(default=False, help_text='The enrolling form then asks for dietary wishes.', verbose_name='with a meal'),
        ),
        migrations.RemoveConstraint(
            model_name='meeting',
            name='meetings_never_overbooked',
        ),
        migrations.AddField(
            model_name='meeting',
            name='above',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('taken__lte', django.db.models.expressions.CombinedExpression(models.F('capacity'), '+', models.F('above')))), name='meetings_never_overbooked'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='vat',
            field=models.CharField(blank=True, choices=[('exempt', 'exempt (CRKBO)'), ('included', 'included in the price'), ('on top', 'comes on top of the price')], help_text='Empty: as of the course.', max_length=10, verbose_name='VAT'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='price',
            field=models.DecimalField(decimal_places=2, default=Decimal('0'), help_text='A person. 0 is free.', max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='price in euros'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='price_is_for',
            field=models.CharField(choices=[('person', 'each person'), ('meeting', 'the whole meeting')], default='person', help_text='Only in-company, where the client gets one invoice once it has begun.', max_length=8, verbose_name='price is for'),
        ),
    ]
