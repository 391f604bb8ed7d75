"""How every form of ours is written: label, help and error beside the field, bound to it for screen readers."""

from django.forms.renderers import TemplatesSetting


class FieldRenderer(TemplatesSetting):
    """Renders `{{ form }}` and `{{ form.title.as_field_group }}` by our own templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
