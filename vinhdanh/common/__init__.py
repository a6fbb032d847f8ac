"""Base templates, the design system, Vietnamese text and calendar. No models."""
