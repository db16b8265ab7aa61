return await Tidegate.LocalCloud.Hosting.CloudProgram.RunAsync(args);
