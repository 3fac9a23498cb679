"""Orders, wishes and places by hand; what the books had outlives the place and the login."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import portal.accounts.plain_text
import portal.enrolments.models.billing
import uuid
from django.conf import settings
from django.db import migrations, models

from pluc.frozen import thaw
from pluc.periods import BOOKS

BATCH = 1000


def forget_logins_that_are_gone(apps, schema_editor):
    users = apps.get_model("accounts", "User").objects.values("pk")
    apps.get_model("enrolments", "BillingExport").objects.exclude(by__in=users).update(by=None)


def count_from_the_export(apps, schema_editor):
    """Rows of before are kept as long as those of now."""
    lines = apps.get_model("enrolments", "BillingLine").objects
    for export in apps.get_model("enrolments", "BillingExport").objects.all():
        until = export.at + BOOKS
        lines.filter(export=export.pk).update(kept_until=until)
        type(export).objects.filter(pk=export.pk).update(kept_until=until)


def kept_until():
    return models.DateTimeField(
        default=portal.enrolments.models.billing.books_end_at, editable=False
    )


def fold_names(apps, schema_editor):
    """Who has a place stands there by their folded name. Where somebody was typed twice, and stands
    there twice, the later one keeps what it has: the back office sees both."""
    from portal.enrolments.identity import identity_of

    enrolments = apps.get_model("enrolments", "Enrolment").objects
    alive = enrolments.filter(state__in=["enrolled", "waiting", "offered"]).order_by("queue_number")
    columns = ("first_name", "last_name", "email", "identity", "meeting_id")
    for one in alive.only(*columns).iterator(chunk_size=BATCH):
        name = {"first_name": one.first_name, "last_name": one.last_name}
        folded = identity_of(**name, email=one.email)
        same = alive.filter(meeting_id=one.meeting_id, identity=folded)
        if folded != one.identity and not same.exists():
            enrolments.filter(pk=one.pk).update(identity=folded)


class Migration(migrations.Migration):

    dependencies = [
        ('enrolments', '0003_counted_apart'),
        ('meetings', '0003_costs_wishes_and_english'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Before the database asks for the login of each export.
        thaw("enrolments_billingexport"),
        thaw("enrolments_billingline"),
        migrations.RunPython(forget_logins_that_are_gone, migrations.RunPython.noop, elidable=True),
        migrations.AddField("billingexport", "kept_until", kept_until()),
        migrations.AlterField(
            "billingexport",
            "by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("billingline", "kept_until", kept_until()),
        migrations.AlterField(
            "billingline",
            "enrolment",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="enrolments.enrolment",
            ),
        ),
        migrations.AddField(
            model_name='billingline',
            name='meeting',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting'),
        ),
        migrations.AddConstraint(
            model_name='billingline',
            constraint=models.UniqueConstraint(fields=('meeting', 'kind'), name='enrolments_client_billed_once_a_kind'),
        ),
        migrations.AddField(
            model_name='booking',
            name='payment_days',
            field=models.PositiveSmallIntegerField(default=14),
        ),
        migrations.AddField(
            model_name='booking',
            name='vat',
            field=models.CharField(choices=[('exempt', 'exempt (CRKBO)'), ('included', 'included in the price'), ('on top', 'comes on top of the price')], default='exempt', max_length=10, verbose_name='VAT'),
        ),
        migrations.AlterField(
            model_name='booking',
            name='email',
            field=models.EmailField(blank=True, max_length=254, validators=[django.core.validators.EmailValidator()], verbose_name='e-mail address'),
        ),
        migrations.AlterModelOptions(
            name='enrolment',
            options={'permissions': [('export_enrolment', 'Can export lists of people'), ('exceed_capacity', 'Can give a place over the line or above capacity')], 'verbose_name': 'enrolment', 'verbose_name_plural': 'enrolments'},
        ),
        migrations.AlterField(
            model_name='enrolment',
            name='email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='e-mail address'),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='calendar_messages',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='enrolmentevent',
            name='note',
            field=models.TextField(blank=True, max_length=1000, verbose_name='what was noted'),
        ),
        migrations.AlterField(
            model_name='enrolmentevent',
            name='kind',
            field=models.CharField(choices=[('enrolled', 'enrolled'), ('waiting', 'put on the waiting list'), ('offered', 'offered a place'), ('accepted', 'took the place'), ('lapsed', 'did not take the place in time'), ('declined', 'declined the place'), ('cancelled', 'cancelled'), ('meeting cancelled', 'the meeting was cancelled'), ('moved away', 'moved to another date'), ('moved here', 'came from another date'), ('replaced', 'somebody else came instead'), ('replaces', 'came instead of somebody else'), ('corrected', 'details corrected'), ('invoice', 'invoice details corrected'), ('price', 'price changed'), ('note', 'noted'), ('absent', 'did not come'), ('present', 'came after all'), ('given', 'given a place by hand'), ('untold', 'no e-mail address: to be told by phone')], max_length=20, verbose_name='what'),
        ),
        migrations.AddField(
            model_name='enrolmentevent',
            name='by_payer',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='Wishes',
            fields=[
                ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='wishes', serialize=False, to='enrolments.enrolment')),
                ('diet', models.CharField(blank=True, max_length=300, validators=[portal.accounts.plain_text.validate_plain_line], verbose_name='dietary wishes')),
                ('access', models.CharField(blank=True, max_length=300, validators=[portal.accounts.plain_text.validate_plain_line], verbose_name='access')),
                ('consented_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='consent given')),
            ],
            options={
                'verbose_name': 'wishes',
                'verbose_name_plural': 'wishes',
                'permissions': [('see_wishes', 'Can see dietary and access wishes')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='AskedAgain',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=201, validators=[portal.accounts.plain_text.validate_plain_line], verbose_name='name')),
                ('state', models.CharField(choices=[('enrolled', 'enrolled'), ('waiting', 'on the waiting list'), ('offered', 'offered a place'), ('cancelled', 'cancelled'), ('lapsed', 'offer not taken')], max_length=10, verbose_name='state')),
                ('is_free', models.BooleanField(default=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked_again', to='enrolments.booking')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enrolments.enrolment')),
            ],
            options={
                'verbose_name': 'line of an order without a place',
                'verbose_name_plural': 'lines of orders without a place',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='BillingCodes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debtor', models.CharField(blank=True, help_text='The collective debtor on whom every line is booked.', max_length=20, validators=[portal.accounts.plain_text.validate_plain_line], verbose_name='debtor number')),
                ('vat_exempt', models.CharField(blank=True, max_length=20, validators=[portal.accounts.plain_text.validate_plain_line], verbose_name='VAT code where it is exempt')),
                ('ledger_exempt', models.CharField(blank=True, max_length=20, validators=[portal.accounts.plain_text.validate_plain_line], verbose_name='ledger account where it is exempt')),
                ('vat_taxed', models.CharField(blank=True, max_length=20, validators=[portal.accounts.plain_text.validate_plain_line], verbose_name='VAT code where VAT applies')),
                ('ledger_taxed', models.CharField(blank=True, max_length=20, validators=[portal.accounts.plain_text.validate_plain_line], verbose_name='ledger account where VAT applies')),
            ],
            options={
                'verbose_name': 'codes for the books',
                'verbose_name_plural': 'codes for the books',
                'default_permissions': (),
            },
        ),
        migrations.RunPython(count_from_the_export, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
    ]
