namespace Tidegate.Pipeline.Declared;

/// <summary>The codes of what can be wrong with a configuration. They never change their meaning; docs/problems.md explains each.</summary>
internal static class Code
{
    // The file.
    public const string FileMissing = "TG1001";
    public const string FileUnreadable = "TG1002";
    public const string FileTooLarge = "TG1003";
    public const string NotUtf8 = "TG1004";
    public const string NotJson = "TG1005";

    // What is written, each value on its own.
    public const string UnknownMember = "TG1101";
    public const string MemberTwice = "TG1102";
    public const string MemberMissing = "TG1103";
    public const string WrongKind = "TG1104";
    public const string WrongNumber = "TG1105";
    public const string WrongDuration = "TG1106";
    public const string WrongName = "TG1107";
    public const string WrongWord = "TG1108";
    public const string WrongText = "TG1109";
    public const string WrongCount = "TG1110";

    // Names that have to fit together.
    public const string NameTaken = "TG1201";
    public const string UnknownProfile = "TG1202";
    public const string UnknownSignal = "TG1203";
    public const string UnknownEnvironment = "TG1204";
    public const string UnknownRegion = "TG1205";
    public const string UnknownEndpoint = "TG1206";
    public const string EnvironmentUnused = "TG1207";
    public const string UnknownNeighbour = "TG1208";

    // What a gate must watch.
    public const string NothingDecides = "TG1301";
    public const string ProductionUnwatched = "TG1302";
    public const string NoParity = "TG1303";
    public const string DataElsewhere = "TG1304";
    public const string DataMissing = "TG1305";
    public const string FloorOutOfReach = "TG1306";
    public const string NeighbourMissing = "TG1307";
    public const string RuleUnfit = "TG1308";
    public const string MetricPlaceWrong = "TG1309";
    public const string DifferenceUnfounded = "TG1310";
    public const string WatchedUncounted = "TG1311";
    public const string HealthyAnswerContradicts = "TG1312";

    // Where and how a release goes.
    public const string NotEphemeral = "TG1401";
    public const string NotPersistent = "TG1402";
    public const string EnvironmentShared = "TG1403";
    public const string EnvironmentApart = "TG1404";
    public const string WaveMissesRegion = "TG1405";
    public const string RegionInTwoWaves = "TG1406";
    public const string CanaryTooLarge = "TG1407";
    public const string SharesNotAscending = "TG1408";
    public const string BakeFloorTooLong = "TG1409";
    public const string BakeFactorWrong = "TG1410";
    public const string BakeSampledTooRarely = "TG1411";
    public const string BakeGrowsTooLong = "TG1412";
    public const string UsersIdle = "TG1413";
    public const string UserBodyUnsent = "TG1414";
    public const string NothingToGoUpFrom = "TG1415";
    public const string WatchedInPart = "TG1416";
    public const string ComparisonContradicts = "TG1417";
    public const string SettingUnread = "TG1418";
}
