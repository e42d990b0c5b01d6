"""What a stack's configuration may say, checked as a whole before anything is touched.

Pure: it is given names and values, wherever they come from, and knows neither Pulumi nor files.
`python -m components.settings Pulumi.dev.yaml` checks a stack file by itself.
"""

from components.settings.settings import IstioProfile, Settings, SettingsError

__all__ = ["IstioProfile", "Settings", "SettingsError"]
