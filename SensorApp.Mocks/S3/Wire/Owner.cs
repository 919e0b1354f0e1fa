namespace SensorApp.Mocks.S3.Wire;

/// <summary>The one account that owns everything here.</summary>
internal static class Owner
{
    public const string Id = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a";
    public const string Name = "sensorapp";

    public static void Write(XmlText xml, string element = "Owner") =>
        xml.Element(element, owner => owner.Element("ID", Id).Element("DisplayName", Name));

    /// <summary>The access list of everything: full control for the owner.</summary>
    public static XmlText AccessControlPolicy() => new XmlText().Root("AccessControlPolicy", policy =>
    {
        Write(policy);
        policy.Element("AccessControlList", list => list.Element("Grant", grant => WriteGrantee(grant).Element("Permission", "FULL_CONTROL")));
    });

    private static XmlText WriteGrantee(XmlText grant) =>
        grant.Element("Grantee", " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\"", grantee =>
            grantee.Element("ID", Id).Element("DisplayName", Name));
}
