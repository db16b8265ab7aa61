using System.Text.Json;
using Nuke.Common.ProjectModel;
using Nuke.Common.Tools.DotNet;
using Tidegate.LocalCloud.Contract;
using Tidegate.Pipeline;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

namespace Tidegate.Components;

/// <summary>Makes the artifact: the programs that the manifest names, published; the release-time settings; the manifest itself.</summary>
internal static class Packager
{
    public static async Task<Provenance> PackageAsync(IPackage build, DeliveryPipeline pipeline, ReleaseInputs inputs, CancellationToken cancellationToken)
    {
        var manifest = Manifest(build, inputs.Release);
        ArtifactFolder.MustBeOf(ServiceManifest.FileName, manifest, pipeline.Definition.Service);
        var projects = Assemblies(manifest).Select(assembly => (assembly, project: ProjectOf(build, assembly))).ToList();
        if (projects.Count == 0) throw new PackagingException($"{ServiceManifest.FileName} runs no program of a project of {build.Solution.Path}: write \"run\": [\"dotnet\", \"FOLDER/PROJECT.dll\"].");

        var workshop = pipeline.Store.Workshop();
        foreach (var (assembly, project) in projects)
        {
            DotNetPublish(s => s
                .SetProject(project.Path)
                .SetConfiguration(build.Configuration)
                .SetOutput(Path.GetDirectoryName(ArtifactFolder.Inside(assembly, workshop))!)
                .EnableNoBuild()
                .EnableNoRestore());
        }

        // Symbols do not run, and differ from build to build where the sources do not.
        foreach (var symbols in Directory.EnumerateFiles(workshop, "*.pdb", SearchOption.AllDirectories).ToList()) File.Delete(symbols);

        return await FinishAsync(manifest, workshop, pipeline, inputs, inputs.Key.Key, cancellationToken);
    }

    /// <summary>Takes a copy of a folder that others have made, with a manifest at its root.</summary>
    /// <exception cref="ArtifactRefusedException">It is no such folder, or holds what no artifact may.</exception>
    public static async Task<Provenance> TakeAsync(string folder, DeliveryPipeline pipeline, ReleaseInputs inputs, CancellationToken cancellationToken)
    {
        ArtifactFolder.Check(folder, pipeline.Options.ArtifactsFolder, pipeline.Definition.Service);
        var manifest = Manifest(folder, inputs.Release);
        var workshop = pipeline.Store.Workshop();
        ArtifactFolder.Copy(folder, workshop);

        // Nothing says that these sources gave it, so no key leads to it: the folder is taken anew each time, and the same bytes are the same artifact.
        return await FinishAsync(manifest, workshop, pipeline, inputs, key: null, cancellationToken);
    }

    /// <summary>Adds the release-time settings and the manifest, and names the artifact by its content.</summary>
    private static async Task<Provenance> FinishAsync(
        ServiceManifest manifest, string workshop, DeliveryPipeline pipeline, ReleaseInputs inputs, string? key, CancellationToken cancellationToken)
    {
        if (ReleaseSettings.Json(inputs.Release) is { } settings)
        {
            await File.WriteAllTextAsync(
                Path.Combine(ArtifactFolder.OfProgram(manifest, workshop), ReleaseSettings.FileName), settings,
                cancellationToken);
        }

        await File.WriteAllBytesAsync(Path.Combine(workshop, ServiceManifest.FileName), JsonSerializer.SerializeToUtf8Bytes(manifest, CloudJson.Default.ServiceManifest), cancellationToken);
        var artifact = new ReleaseArtifact(manifest.Name, manifest.Version, pipeline.Store.Take(workshop));
        var provenance = new Provenance(artifact, key, inputs.Key.Commit, $".NET SDK {inputs.Key.Sdk}, {inputs.All["platform"]}", inputs.All, TimeProvider.System.GetUtcNow());
        await pipeline.Catalog.AddAsync(provenance, cancellationToken);
        return provenance;
    }

    private static ServiceManifest Manifest(IPackage build, IReadOnlyDictionary<string, string> settings)
    {
        var files = build.Solution.AllProjects.Select(p => Path.Combine(p.Directory, ServiceManifest.FileName)).Where(File.Exists).Distinct().ToList();
        if (files is not [var file])
        {
            throw new PackagingException(files.Count == 0
                ? $"No project of {build.Solution.Path} has a {ServiceManifest.FileName} beside it. {Example(build)}"
                : $"Only one service is delivered, and these say to be it: {string.Join(", ", files)}.");
        }

        return Manifest(Path.GetDirectoryName(file)!, settings);
    }

    /// <summary>The file that is missing, for the first program of the solution.</summary>
    private static string Example(IPackage build)
    {
        var project = build.Solution.AllProjects.FirstOrDefault(p => !p.Name.EndsWith(".Tests", StringComparison.Ordinal));
        var name = project?.Name ?? "Shop";
        var service = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
        return $$"""
            Add {{(project is null ? ServiceManifest.FileName : Path.GetRelativePath(build.RootDirectory, Path.Combine(project.Directory, ServiceManifest.FileName)))}}, which tells how the service is run:
            { "name": "{{service}}", "version": "1.0.0", "run": ["dotnet", "{{service}}/{{name}}.dll"], "health": { "live": "/health/live", "ready": "/health/ready" } }
            """;
    }

    private static ServiceManifest Manifest(string folder, IReadOnlyDictionary<string, string> settings)
    {
        try
        {
            return ReleaseSettings.Apply(ServiceManifest.Read(folder), settings);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException)
        {
            throw new PackagingException(exception.Message, exception);
        }
    }

    /// <summary>Programs that the artifact must hold: each is published into the folder that the manifest names, the service's own first.</summary>
    private static IEnumerable<string> Assemblies(ServiceManifest manifest) =>
        manifest.Dependencies.Select(d => d.Run).Prepend(manifest.Run).SelectMany(r => r).Where(a => a.EndsWith(".dll", StringComparison.Ordinal)).Distinct();

    private static Project ProjectOf(IPackage build, string assembly) =>
        build.Solution.AllProjects.FirstOrDefault(p => p.Name == Path.GetFileNameWithoutExtension(assembly))
        ?? throw new PackagingException($"{ServiceManifest.FileName} runs {assembly}, but {build.Solution.Path} has no project {Path.GetFileNameWithoutExtension(assembly)}; it has: {string.Join(", ", build.Solution.AllProjects.Select(p => p.Name))}.");
}
