namespace SensorApp.Web.Presentation;

/// <summary>A value in a table, and how all values of the table are shown.</summary>
public sealed record ValueCell(double? Value, ValueFormat Format);
